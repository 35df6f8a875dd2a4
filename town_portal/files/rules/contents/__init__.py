"""What stands in an attachment, in places people see and in those they do not: readers of each format."""
