"""A lent model says the replies of the try-out's own domain, as Rasa reads them; the model itself stays as it is."""

from __future__ import annotations

import json
import tarfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from rasa.engine.graph import GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType

from bot.content.documents import ContentError
from bot.tryout.lent import say_otherwise

DOMAIN = """version: "3.1"
intents:
- greet
responses:
  utter_greet:
  - text: 您好，我在。
  utter_thank:
  - text: 不用谢。
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """An archive as Rasa packs it, with one component."""
    made = ModelMetadata(
        trained_at=datetime(2026, 3, 2), rasa_open_source_version="3.6.21", model_id="m", assistant_id="jiashu",
        domain=Domain.from_yaml(DOMAIN + "  utter_lesson/picky:\n  - text: 挑食这样办\n"), train_schema=GraphSchema({}), predict_schema=GraphSchema({}),
        project_fingerprint="f", core_target="a", nlu_target="b", language="zh", training_type=TrainingType.BOTH,
    )  # fmt: skip
    path = tmp_path / "models/now.tar.gz"
    path.parent.mkdir()
    with tarfile.open(path, "w:gz") as archive:
        for name, data in (("components/one/a.bin", b"\0learned"), ("metadata.json", json.dumps(made.as_dict()).encode())):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, BytesIO(data))
    return path


def _lent(model: Path, domain: str) -> Path:
    """The model as it lies in a try-out whose replies are these."""
    place = model.parents[1] / "place"
    for name in ("domain", "models"):
        (place / name).mkdir(parents=True)
    (place / "domain/basics.yml").write_text(domain, encoding="utf-8")
    link = place / "models" / model.name
    link.symlink_to(model)
    say_otherwise(link, place / "domain")
    return link


def _replies(archive: Path) -> dict[str, str]:
    read = LocalModelStorage.metadata_from_archive(archive).domain.responses
    return {name: str(said[0]["text"]) for name, said in read.items()}


def test_another_reply_is_said_without_training(model: Path) -> None:
    before = model.read_bytes()

    lent = _lent(model, DOMAIN.replace("我在。", "我在呢，您说。"))

    assert not lent.is_symlink() and model.read_bytes() == before
    assert _replies(lent) == {"utter_greet": "您好，我在呢，您说。", "utter_thank": "不用谢。", "utter_lesson/picky": "挑食这样办"}
    with tarfile.open(lent) as archive:
        found = archive.extractfile("components/one/a.bin")
        assert found is not None and found.read() == b"\0learned"


def test_the_same_replies_need_no_copy(model: Path) -> None:
    assert _lent(model, f"# a remark\n{DOMAIN}").readlink() == model


def test_a_reply_that_the_model_does_not_know_is_left_to_training(model: Path) -> None:
    assert _lent(model, DOMAIN + "  utter_where:\n  - text: 我们在手机里。\n").is_symlink()


def test_a_broken_domain_says_where(model: Path) -> None:
    with pytest.raises(ContentError) as broken:
        _lent(model, "responses:\n  utter_greet: [\n")
    assert broken.value.path.name == "basics.yml"
