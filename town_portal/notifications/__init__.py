"""消息发送: the outbox and its delivery to work groups, phones and mail boxes.

It knows channels, not deadlines. Whoever has something to tell calls ``operations.enqueue`` inside
his own transaction, so that a message exists exactly when the fact does; ``operations.deliver``
carries it out afterwards, at least once, with the same key and number every time.
"""
