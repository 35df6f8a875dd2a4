"""Pages of the faults."""

from flask import Blueprint

from town_portal.corrections import operations, queries

bp = Blueprint("corrections", __name__)
ROOM = (operations, queries)
