"""An item with a picture in its text and an attachment under it."""

import io
from typing import Any

from flask import Flask
from PIL import Image

from tests.builders import BODY, a_submission
from tests.cast import Cast
from town_portal.files import operations as files
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State


def a_picture() -> bytes:
    """The bytes of a small photo."""
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(content, "JPEG")
    return content.getvalue()


def an_illustrated_item(app: Flask, cast: Cast, state: State, **text: Any) -> tuple[Submission, tuple[str, str]]:
    """The item, and the tokens of its picture and of its attachment."""
    store, unit_id = app.extensions["store"], cast.unit("C03").id
    reporter = cast.actor("reporter")
    picture = files.upload_picture(reporter, store, unit_id, "田头.jpg", a_picture()).token
    attachment = files.upload_attachment(reporter, store, unit_id, "名单.pdf", b"%PDF-1.4\n%%EOF\n")
    file_id, token = attachment.id, attachment.token
    body = f'{BODY}<figure><img src="/files/{picture}" alt="田头"><figcaption>培训现场</figcaption></figure>'
    item = a_submission(cast, state, body_html=body, attachments=((file_id, "名单.pdf"),), **text)
    return item, (picture, token)
