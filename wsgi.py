"""The door the server knocks at."""

from town_portal.factory import create_app

app = create_app()
