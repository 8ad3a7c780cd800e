"""Packs to give away: who is in them, the same codes next quarter, refusals, groups, forgetting."""

from __future__ import annotations

import csv
import json
import os
import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from sheets import write

from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import read_inputs, read_records
from sanshe_net.errors import DecisionNeeded, SansheError
from sanshe_net.forget import forget_person
from sanshe_net.measures.centrality import degree, strength
from sanshe_net.messages import MESSAGES
from sanshe_net.privacy.coded import AGE_BANDS, KEPT, Wording, coded_records
from sanshe_net.privacy.consent import sharing
from sanshe_net.privacy.keys import Key, codes_for, new_key, read_key
from sanshe_net.privacy.private_files import write_private
from sanshe_net.privacy.registry import Registry, read_registry
from sanshe_net.privacy.uniqueness import DE_IDENTIFIED, Uniqueness, uniqueness
from sanshe_net.records import TABLES, Records
from sanshe_net.settings import Settings
from sanshe_net.share import Secrets, share_with_anybody, share_with_partner
from sanshe_net.share.known_people import _read_answers
from sanshe_net.viz import report_wording, wording
from sanshe_net.vocabulary import LANGUAGES, Label, Lang

KEY = Key(bytes(range(32)))
PLAIN = Wording(frozenset(), lambda name: name.endswith("队"))
NAMES = ["李梅", "王强", "赵新", "孙来", "周游", "吴双", "郑重"]
QUICK = Settings(draws=10)
HEAD = ["姓名", "电话", "楼栋", "年龄", "活动", "日期", "同意"]


def row(
    at: int, name: str, *, consent: str = "同意", age: int = 40, phone: str = "", day: str = "2024-01-05"
) -> list[object]:
    return [name, phone or f"1390000{at:04d}", f"{1 + at % 2}栋", age, f"合唱{at % 3 // 2}", day, consent]


def signed(**of_last: object) -> list[list[object]]:
    rows = [row(at, name) for at, name in enumerate(NAMES)]
    return [HEAD, *rows, *([row(9, "林末", **of_last)] if of_last else [])]  # type: ignore[arg-type]


@dataclass
class Desk:
    """A station's folder: sheets, key and registry; packs are written beside."""

    folder: Path
    packs: int = 0

    def put(self, rows: list[list[object]], name: str = "签到.csv") -> None:
        (self.folder / "签到").mkdir(exist_ok=True)
        write(self.folder / "签到" / name, rows)

    def secrets(self, **options: bool) -> Secrets:
        return Secrets(self.folder / "密钥", self.folder / "登记册.json", **{"new_registry": True, **options})

    def partner(self, scope: str = "街道办", **options: object) -> dict[str, str]:
        """Write a pack and return the code of each person by name, read from the registry."""
        said: list[Label] = []
        self.packs += 1
        out = self.folder / f"pack{self.packs}"
        options = {"secrets": self.secrets(), "settings": QUICK, **options}
        share_with_partner([self.folder / "签到"], out, scope=scope, tell=said.append, **options)  # type: ignore[arg-type]
        self.out, self.said = out, "\n".join(label.zh for label in said)
        codes = set(pd.read_csv(out / "tables" / "people.csv")["person_id"])
        people = read_registry(self.folder / "登记册.json").people
        made = codes_for(read_key(self.folder / "密钥"), scope, people)
        return {next(iter(held.names)): made[one] for one, held in people.items() if made[one] in codes}

    def refused(self, **options: object) -> SansheError:
        with pytest.raises(SansheError) as refusal:
            self.partner(**options)
        assert not (self.folder / f"pack{self.packs}").exists()
        return refusal.value


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    new_key(tmp_path / "密钥")
    made = Desk(tmp_path)
    made.put(signed())
    return made


# --- S15: next quarter


def test_next_quarter_the_same_people_have_the_same_codes_and_new_people_new_ones(desk: Desk) -> None:
    before = desk.partner()
    desk.put(
        [HEAD, row(20, "何新", day="2024-04-05"), row(0, "李梅", day="2024-04-05")],
        "第二季.csv",
    )
    after = desk.partner(secrets=desk.secrets(new_registry=False))

    assert set(before) == set(NAMES)
    assert {name: after[name] for name in NAMES} == before
    assert after["何新"] not in before.values()


def test_a_corrected_phone_changes_no_code(desk: Desk) -> None:
    before = desk.partner()
    rows = signed()
    rows[1][1] = "13900008888"
    desk.put(rows)

    assert desk.partner() == before


def test_two_recipients_get_codes_that_do_not_meet(desk: Desk) -> None:
    one, other = desk.partner(), desk.partner("基金会")

    assert set(one) == set(other)
    assert not set(one.values()) & set(other.values())


# --- S16, S17: the key


def test_without_the_key_nothing_is_shared_and_earlier_packs_stay(desk: Desk) -> None:
    desk.partner()
    earlier = desk.out
    (desk.folder / "密钥").unlink()

    refused = desk.refused()
    assert refused.code == "E-KEY-MISSING"
    assert (earlier / "report.html").is_file()


def test_another_key_is_not_taken_for_the_first_unless_said_so(desk: Desk) -> None:
    before = desk.partner()
    (desk.folder / "密钥").unlink()
    new_key(desk.folder / "密钥")

    assert desk.refused().code == "E-KEY-OTHER"
    after = desk.partner(secrets=desk.secrets(new_codes=True))
    assert not set(before.values()) & set(after.values())


def test_a_key_or_registry_inside_the_pack_is_refused(desk: Desk) -> None:
    inside = desk.folder / "pack"
    inside.mkdir()
    new_key(inside / "密钥")
    for secrets in (
        Secrets(inside / "密钥", desk.folder / "登记册.json", True),
        Secrets(desk.folder / "密钥", inside / "登记册.json", True),
    ):
        with pytest.raises(SansheError, match="E-PRIVATE-PLACE"):
            share_with_partner([desk.folder / "签到"], inside, secrets, "街道办", settings=QUICK, force=True)


def test_a_registry_that_is_not_there_is_begun_only_when_asked(desk: Desk) -> None:
    assert desk.refused(secrets=desk.secrets(new_registry=False)).code == "E-REGISTRY-MISSING"


def test_a_key_that_others_can_read_stops_it(desk: Desk) -> None:
    if os.name == "posix":
        (desk.folder / "密钥").chmod(0o644)
        assert desk.refused().code == "E-PRIVATE-OPEN"


# --- who is who is asked


def test_a_doubt_is_asked_in_a_private_file_and_the_answer_settles_it(desk: Desk) -> None:
    before = desk.partner()
    rows = signed()
    rows[1][1], rows[1][2] = "13900007777", "9栋"  # another phone and another building
    desk.put(rows)
    known = {"secrets": desk.secrets(new_registry=False)}

    asked = desk.refused(**known)
    assert isinstance(asked, DecisionNeeded)
    assert asked.code == "Q-REGISTRY-MATCH"
    assert "李梅" not in asked.message("zh")
    questions = desk.folder / "登记册.questions.csv"
    text = questions.read_text(encoding="utf-8-sig")
    assert os.name != "posix" or questions.stat().st_mode & 0o077 == 0
    assert text.count("李梅") == 2

    questions.write_text(re.sub(r",$|,(?=\n$)", ",也许", text.rstrip("\n")), encoding="utf-8")
    assert desk.refused(**known).code == "E-REGISTRY-ANSWER"
    questions.write_text(f"{text.rstrip()}同一人\n", encoding="utf-8")
    assert desk.partner(**known) == before
    assert not questions.exists()


# --- consent


@pytest.mark.parametrize(
    "of_last", [{"consent": "仅内部"}, {"consent": ""}, {"age": 13}, {"consent": "不同意"}]
)
def test_who_did_not_agree_or_is_a_child_is_in_no_pack(desk: Desk, of_last: dict[str, object]) -> None:
    desk.put(signed(**of_last))
    codes = desk.partner()

    assert set(codes) == set(NAMES)
    heads = pd.read_csv(desk.out / "tables" / "activities.csv")["head_count"].sum()
    assert heads == (7 if of_last == {"consent": "不同意"} else 8)
    assert ("1 位没有同意" in desk.said) == (of_last != {"consent": "不同意"})


def test_without_any_word_about_consent_a_reason_is_needed_and_goes_into_the_manifest(desk: Desk) -> None:
    desk.put([line[:-1] for line in signed()])

    assert desk.refused().code == "E-CONSENT-NONE"
    assert desk.refused(assumed_consent="嗯").code == "E-CONSENT-REASON"
    desk.partner(assumed_consent="纸质同意书存档于站内")
    manifest = json.loads((desk.out / "run.json").read_text(encoding="utf-8"))
    assert manifest["consent_assumed"] == "纸质同意书存档于站内"
    assert manifest["key"] == read_key(desk.folder / "密钥").fingerprint
    assert manifest["level"] == "partner"
    assert 0 <= manifest["uniqueness"]["share"] <= 1


def test_a_reason_does_not_stand_in_for_what_the_sheets_say(desk: Desk) -> None:
    assert desk.refused(assumed_consent="纸质同意书存档于站内").code == "E-CONSENT-GIVEN"


def test_fewer_than_five_are_no_pack(desk: Desk) -> None:
    desk.put([HEAD, *(row(at, name) for at, name in enumerate(NAMES[:4]))])

    assert desk.refused().code == "E-SHARE-EMPTY"
    with pytest.raises(SansheError, match="E-SHARE-EMPTY"):
        share_with_anybody([desk.folder / "签到"], desk.folder / "pack")


# --- coded records


def coded(records: Records) -> tuple[Records, dict[str, str]]:
    codes = {one: f"X{at}" for at, one in enumerate(sorted(sharing(records).shared))}
    return coded_records(records, codes, KEY, "街道办", PLAIN), codes


def test_coding_and_measuring_is_measuring_and_coding(desk: Desk) -> None:
    records = read_records(desk.folder / "签到")
    hidden, codes = coded(records)

    for measure in (degree, strength):
        before, after = (measure(build_network(each, layers="co_attendance")) for each in (records, hidden))
        assert after.to_dict() == pytest.approx(before.rename(codes).to_dict())


def test_who_is_left_out_is_as_if_never_there(desk: Desk) -> None:
    desk.put(signed(consent="仅内部"))
    records = read_records(desk.folder / "签到")
    gone = records.people.index[records.people["name"] == "林末"]
    without, codes = coded(records)
    never = coded_records(records.without(gone), codes, KEY, "街道办", PLAIN)

    for name in set(TABLES) - {"activities"}:  # where head counts stay
        pd.testing.assert_frame_equal(getattr(without, name), getattr(never, name))


def test_no_id_and_no_name_of_the_sheets_is_in_any_cell_of_coded_records(tmp_path: Path) -> None:
    sheets = {
        "签到": "姓名,活动,日期,角色,介绍人\n李梅,合唱,2024-01-05,组织者,\n王强,合唱,2024-01-05,参加者,李梅\n赵新,合唱,2024-01-05,,王强\n",
        "名册": "姓名,楼栋,性别,是否同意\n李梅,3栋,女,同意\n王强,3栋,男,同意\n赵新,,,同意\n",
        "组织": "组织名称,组织类型,负责人,指导单位\n歌队,社会组织,李梅,某某居委会\n某某居委会,,,\n",
        "成员": "姓名,团队,职务\n李梅,歌队,队长\n",
        "台账": "活动名称,日期,主办单位,参加人数\n合唱,2024-01-05,歌队,20\n",
        "资源": "资源方,受助方,资源类型,活动\n歌队,李梅,物资,\n超市,歌队,物资,合唱\n",
        "推荐": "推荐人,被推荐人\n李梅,王强\n",
        "议题": "议题,提出人\n灯,李梅、王强\n",
    }
    for name, text in sheets.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    records = read_records(tmp_path)
    own = [records.people, records.organisations, records.activities, records.issues]
    known = {
        str(one) for table in own for one in (*table.index, *table.get("name", ()), *table.get("title", ()))
    }

    hidden, codes = coded(records)

    held = {name: getattr(hidden, name) for name in TABLES}
    for name, table in held.items():
        kept = table.drop(columns=["name"]) if name == "organisations" else table
        cells = {str(cell) for column in kept for cell in kept[column].dropna()} | set(map(str, kept.index))
        assert not cells & known, name
    bodies = set(hidden.organisations.index)
    assert set(hidden.people.index) == set(codes.values())
    for name, column in (
        ("attendance", "person_id"), ("attendance", "brought_by"), ("memberships", "person_id"),
        ("memberships", "org_id"), ("hosting", "org_id"), ("organisations", "leader_id"),
        ("organisations", "supervisor_id"), ("support", "giver_id"), ("support", "receiver_id"),
        ("issue_people", "actor_id"),
    ):  # fmt: skip
        pointed = set(held[name][column].dropna())
        assert pointed, (name, column)
        assert pointed <= bodies | set(codes.values()), (name, column)
        assert held[name][column].notna().sum() == getattr(records, name)[column].notna().sum(), (
            name,
            column,
        )
    for name in ("attendance", "hosting", "support"):
        assert set(held[name]["activity_id"].dropna()) == set(hidden.activities.index), name
    assert set(hidden.issue_people["issue_id"]) == set(hidden.issues.index)
    assert sorted(hidden.people["sex"].dropna()) == ["女", "男"]


def test_bodies_and_activities_keep_the_codes_of_last_quarter(desk: Desk) -> None:
    write(desk.folder / "签到" / "组织.csv", [["组织名称", "组织类型"], ["歌队", "社会组织"]])
    hidden, _ = coded(read_records(desk.folder / "签到"))
    made = {
        text: next(iter(codes_for(KEY, "街道办", [text]).values())) for text in ("O\0歌队", "F\0组织.csv")
    }

    assert hidden.organisations.index.tolist() == ["O-" + made["O\0歌队"]]
    assert set(hidden.organisations["file"]) == {"F-" + made["F\0组织.csv"]}


def test_days_are_months_ages_are_bands_and_buildings_and_titles_are_gone(desk: Desk) -> None:
    hidden, _ = coded(read_records(desk.folder / "签到"))

    assert set(hidden.activities["date"].dt.day) == {1}
    assert set(hidden.people["age_band"]) == {"35–49 岁"}
    assert set(hidden.people["age"]) == {35}
    assert hidden.people["building"].isna().all()
    assert (hidden.activities["title"] == hidden.activities.index).all()
    assert hidden.problems.empty
    assert build_network(hidden).actors["age"].tolist() == ["35–49 岁"] * 7


def test_a_title_stays_only_when_asked_and_free_of_names(desk: Desk) -> None:
    records = read_records(desk.folder / "签到")
    codes = {one: one for one in records.people.index}
    kept = coded_records(records, codes, KEY, "a", Wording(["合唱1"], PLAIN.is_body, titles=True))

    assert "合唱0" in set(kept.activities["title"])
    assert "合唱1" not in set(kept.activities["title"])


def test_what_may_stay_are_columns_that_exist_and_bands_are_those_of_the_report() -> None:
    assert all(set(columns) <= set(TABLES[name]) for name, columns in KEPT.items())
    assert set(KEPT) == set(TABLES)
    assert list(AGE_BANDS)[1:] == list(report_wording.AGE_BANDS)[:-1]
    assert list(AGE_BANDS.values()) == list(report_wording.AGE_BANDS.values())


# --- how many could be recognised


def test_a_ring_hides_everybody_and_a_path_nobody() -> None:
    ring = [(i, (i + 1) % 9) for i in range(9)]

    assert uniqueness(ring, range(9)) == Uniqueness(9, 0)
    assert uniqueness(ring[:3], range(4)).share == 1.0
    assert uniqueness([], range(4)).unique == 4
    assert uniqueness([], []).share == 0.0
    assert uniqueness([*ring, *ring, (1, 1)], range(9)) == uniqueness(ring, range(9))


def test_a_pack_is_called_de_identified_and_nothing_more() -> None:
    labels = [*MESSAGES.values(), *wording.MAP_TEXTS.values(), DE_IDENTIFIED]
    said = " ".join(f"{label.zh} {label.en}" for label in labels)

    assert "去标识化" in said
    assert "de-identified" in said
    assert "匿名" not in said
    assert "anonym" not in said.casefold()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_set_aside_are_counted_to_the_station_and_not_in_the_pack(desk: Desk, lang: Lang) -> None:
    good = signed()
    desk.put([*good, row(20, "贾末", day="2024-13-45"), row(21, "甄末", day="2024-02-30")])
    aside = {"zh": "2 行待改", "en": "set aside and not in this pack: 2"}[lang]
    read = partial(read_inputs, quarantine=True)
    said: list[Label] = []
    share_with_partner(
        [desk.folder / "签到"], desk.folder / "p", desk.secrets(), "街道办", settings=QUICK, read=read, tell=said.append,
    )  # fmt: skip
    share_with_anybody([desk.folder / "签到"], desk.folder / "a", settings=QUICK, read=read, tell=said.append)

    assert sum(aside in label.text(lang) for label in said) == 2
    for page in desk.folder.glob("[pa]/report.html"):
        assert aside not in page.read_text(encoding="utf-8")
    desk.put(good)
    desk.partner(secrets=desk.secrets(new_registry=False), read=read)
    assert "待改" not in desk.said


# --- groups for anybody


def many(tmp_path: Path) -> Path:
    rows = [[f"人{at:02d}", f"{1 + at // 6}栋", f"活动{day}", f"2024-01-{day:02d}", "同意", "女" if at % 4 else "男"]
            for day in range(1, 4) for at in range(20)]  # fmt: skip
    return write(tmp_path / "签到.csv", [["姓名", "楼栋", "活动", "日期", "同意", "性别"], *rows])


def test_a_public_pack_has_groups_of_five_and_no_person(tmp_path: Path) -> None:
    said: list[Label] = []
    page = share_with_anybody(
        [many(tmp_path)],
        tmp_path / "pack",
        settings=Settings(title="人03之家", max_share=1.0),
        tell=said.append,
    )

    groups = pd.read_csv(tmp_path / "pack" / "groups.csv")
    ties = pd.read_csv(tmp_path / "pack" / "group_ties.csv")
    assert groups["label"].tolist() == ["1栋", "2栋", "3栋"]  # two live in the fourth
    assert (groups["people"] >= 5).all()
    assert (ties["pairs"] >= 5).all()
    assert set(ties["source"]) | set(ties["target"]) == set(groups["group"])
    assert "人03" not in page.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "pack" / "run.json").read_text(encoding="utf-8"))["level"] == "public"
    assert said


def test_people_who_never_came_are_not_counted_among_those_who_came(tmp_path: Path) -> None:
    never = [[f"从未{at}", "女", "同意"] for at in range(30)]
    roster = write(tmp_path / "名册.csv", [["姓名", "性别", "同意"], *never])
    for name, files in (("with", [many(tmp_path), roster]), ("without", [many(tmp_path)])):
        share_with_anybody(files, tmp_path / name, settings=QUICK)

    with_roster, without = ((tmp_path / name / "people_sex.csv").read_bytes() for name in ("with", "without"))
    assert with_roster == without


def test_a_public_pack_names_its_groups_in_its_language_and_shows_the_same_numbers(tmp_path: Path) -> None:
    rows = [
        [f"人{at:02d}", "居民" if at % 3 else "社工", "女" if at % 2 else "男", 20 + 40 * (at % 2),
         "本地" if at < 12 else "", "活动", f"2024-01-0{day}"]
        for day in (1, 2) for at in range(24)
    ]  # fmt: skip
    sheet = write(tmp_path / "签到.csv", [["姓名", "身份", "性别", "年龄", "户籍", "活动", "日期"], *rows])
    for lang in LANGUAGES:
        share_with_anybody([sheet], tmp_path / lang, assumed_consent="登记时口头同意", lang=lang)

    names = sorted(path.name for path in (tmp_path / "en").glob("people_*.csv"))
    assert names == [f"people_{trait}.csv" for trait in ("age", "hukou", "kind", "sex")]
    for name in names:
        zh, en = (pd.read_csv(tmp_path / lang / name) for lang in LANGUAGES)
        assert zh["people"].equals(en["people"])
        assert zh["people"].notna().any()
        assert not re.search("[\u3400-\u9fff]", "".join(en["group"]))
        assert all(re.search("[\u3400-\u9fff]", group) for group in zh["group"] if group != "total")
    body = (tmp_path / "en" / "report.html").read_text(encoding="utf-8").partition("<body")[2]
    assert not re.search("[\u3400-\u9fff]", body)
    assert {"women", "14–34"} <= set(re.findall(r">([^<>]+)<", body))


# --- forgetting


def test_a_forgotten_person_is_off_the_registry_and_on_the_list_and_traces_are_named(desk: Desk) -> None:
    codes = desk.partner()
    listed = desk.folder / "withdrawn.csv"
    key = read_key(desk.folder / "密钥")
    done = forget_person(
        "李梅", desk.folder / "登记册.json", withdrawn=listed, folders=[desk.folder / "签到", desk.out],
        key=key, day=date(2024, 5, 4),
    )  # fmt: skip

    assert read_registry(desk.folder / "登记册.json").called("李梅") == []
    assert list(csv.reader(listed.read_text(encoding="utf-8-sig").splitlines())) == [
        ["姓名", "电话", "撤回日期"], ["李梅", "13900000000", "2024-05-04"],
    ]  # fmt: skip
    places = {(Path(place.file).name, place.row) for place in done.traces}
    assert ("签到.csv", 2) in places
    assert "people.csv" in {name for name, _ in places}  # by the code
    assert codes["李梅"] not in " ".join(place.text("zh").rpartition("/")[2] for place in done.traces)
    assert "李梅" in (desk.folder / "签到" / "签到.csv").read_text(encoding="utf-8")  # nothing is deleted

    forget_person("王强", desk.folder / "登记册.json", withdrawn=listed, day=date(2024, 5, 5))
    assert len(listed.read_text(encoding="utf-8-sig").splitlines()) == 3


def test_who_is_meant_must_be_known_and_one(desk: Desk) -> None:
    rows = [*signed(), row(11, "李梅")]
    desk.put(rows)
    desk.partner()
    registry, listed = desk.folder / "登记册.json", desk.folder / "w.csv"

    with pytest.raises(SansheError, match="E-FORGET-UNKNOWN"):
        forget_person("无人", registry, withdrawn=listed)
    with pytest.raises(DecisionNeeded, match="Q-FORGET-SEVERAL") as asked:
        forget_person("李梅", registry, withdrawn=listed)
    first, second = str(asked.value.facts["allowed"]).split(", ")
    assert {first.partition(" ")[2], second.partition(" ")[2]} == {
        f"({_last_of(read_registry(registry), one.partition(' ')[0])})" for one in (first, second)
    }
    person = first.partition(" ")[0]
    forget_person(person, registry, withdrawn=listed)
    assert len(read_registry(registry).called("李梅")) == 1


def _last_of(registry: Registry, person: str) -> str:
    held = registry.people[person]
    return " ".join((*sorted(held.buildings), *(f"{p[:3]}****{p[-4:]}" for p in sorted(held.phones)))) or "-"


def test_packs_are_not_searched_without_their_key_and_nothing_is_changed_then(desk: Desk) -> None:
    desk.partner()
    registry, listed = desk.folder / "登记册.json", desk.folder / "w.csv"

    with pytest.raises(SansheError, match="E-FORGET-KEY"):
        forget_person("李梅", registry, withdrawn=listed, folders=[desk.out])
    assert read_registry(registry).called("李梅")
    assert not listed.exists()

    other = new_key(desk.folder / "另一把")
    done = forget_person("李梅", registry, withdrawn=listed, folders=[desk.out], key=other)
    assert str(desk.out) in done.unread


def test_another_file_is_not_written_over_and_what_cannot_be_read_is_said(desk: Desk) -> None:
    desk.partner()
    registry, listed = desk.folder / "登记册.json", desk.folder / "w.csv"
    listed.write_text("别的,表\n", encoding="utf-8")
    with pytest.raises(SansheError, match="E-FORGET-FILE"):
        forget_person("李梅", registry, withdrawn=listed)
    assert read_registry(registry).called("李梅")
    with pytest.raises(SansheError, match="E-FILE-MISSING"):
        forget_person("李梅", registry, withdrawn=desk.folder / "v.csv", folders=[desk.folder / "none"])

    broken = desk.folder / "坏"
    broken.mkdir()
    (broken / "坏.xlsx").write_bytes(b"PK\x03\x04 cut short")
    (broken / "run.json").write_text("{", encoding="utf-8")
    (broken / "图.png").write_bytes(b"png")
    done = forget_person(
        "李梅",
        registry,
        withdrawn=desk.folder / "v.csv",
        folders=[broken],
        key=read_key(desk.folder / "密钥"),
    )
    assert sorted(Path(path).name for path in done.unread) == ["图.png", "坏.xlsx"]
    assert done.traces == ()


def test_whoever_was_forgotten_does_not_come_back_with_the_next_pack(desk: Desk) -> None:
    desk.partner()
    registry = desk.folder / "登记册.json"
    listed = registry.with_name("withdrawn.csv")
    listed.write_text("姓名,电话,撤回日期,经手人\n某某,,2024-01-01,站长\n", encoding="utf-8")

    forget_person("李梅", registry, withdrawn=listed)
    kept = listed.read_text(encoding="utf-8-sig").splitlines()
    assert kept[:2] == ["姓名,电话,撤回日期,经手人", "某某,,2024-01-01,站长"]
    assert listed.stat().st_mode & 0o077 == 0
    desk.partner()

    assert not read_registry(registry).called("李梅")


# --- corners


def test_sheets_that_cannot_be_read_share_nothing_and_quote_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.put([HEAD, row(1, "张三、李四等15人")])
    asked = desk.refused()
    assert (asked.code, asked.exit_code) == ("E-SHARE-READ", 3)
    assert "张三" not in asked.message("zh")

    desk.put([HEAD, row(1, "张三", day="2024-02-31")])
    with pytest.raises(SansheError, match="E-SHARE-READ") as refusal:
        share_with_anybody([desk.folder / "签到"], tmp_path / "pack", settings=QUICK)
    assert refusal.value.exit_code == 2


def test_a_manifest_of_another_key_or_without_a_scope_tells_no_code(desk: Desk) -> None:
    desk.partner()
    registry, packs = desk.folder / "登记册.json", desk.folder / "packs"
    for name, manifest in (("a", {"scope": "街道办", "key": "00000000"}), ("b", {"level": "internal"})):
        (packs / name).mkdir(parents=True)
        (packs / name / "run.json").write_text(json.dumps(manifest), encoding="utf-8")

    listed = packs / "withdrawn.csv"
    key = read_key(desk.folder / "密钥")
    done = forget_person("李梅", registry, withdrawn=listed, folders=[packs], key=key)
    assert done.traces == ()
    again = forget_person("王强", registry, withdrawn=listed, folders=[packs], key=key)
    assert again.traces == ()  # the list of withdrawals itself is no trace


def test_a_question_without_a_decision_stays_open_beside_those_with_one(tmp_path: Path) -> None:
    rows = ["问题,决定", "甲,同一人", "乙,", "丙,新人"]
    write_private(tmp_path / "answers.csv", "\n".join(rows) + "\n", replace=False)

    assert _read_answers(tmp_path / "answers.csv") == {"甲": True, "丙": False}
