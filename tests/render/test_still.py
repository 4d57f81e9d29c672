"""The still of a day: valid SVG, the same bytes, text as text, and the areas in its description."""

from __future__ import annotations

from xml.etree import ElementTree

from worlds import PLACES, TOML, campaign_folder

import territory

SVG = "{http://www.w3.org/2000/svg}"


def test_a_still_is_xml_with_a_title_and_says_its_areas(idlib):
    root = ElementTree.fromstring(idlib.to_svg(on="2015-04-25"))
    assert root.find(f"{SVG}title").text == "Idlib and Jisr al-Shughur, 2015: 25 April 2015"
    described = root.find(f"{SVG}desc").text
    for row in idlib.territories("2015-04-25").itertuples():
        assert f"{row.area_km2:,.0f} km²" in described


def test_two_stills_are_the_same_bytes(idlib):
    assert idlib.to_svg(on="2015-05-28") == territory.open("idlib-2015").to_svg(on="2015-05-28")


def test_no_town_covers_another_and_the_cities_are_there(idlib):
    root = ElementTree.fromstring(idlib.to_svg(on="2015-05-28"))
    names = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Idlib", "Latakia", "Hama", "Maarrat al-Numan"} <= set(names)
    assert len(names) == len(set(names))


def test_markup_in_names_is_text_in_a_still(tmp_path):
    hostile = "</text><script>alert(1)</script>"
    places = PLACES + f'h,"{hostile}",town,2.95,51.1,\n'
    toml = TOML.replace('label = "Belgium"', 'label = "<b>&Belgium"')
    drawn = territory.open(campaign_folder(tmp_path / "c", toml=toml, places=places)).to_svg(
        tmp_path / "c.svg", on="1914-10-30"
    )
    root = ElementTree.parse(drawn).getroot()
    assert not list(root.iter(f"{SVG}script"))
    assert hostile in [text.text for text in root.iter(f"{SVG}text")]


def test_a_campaign_without_layers_has_a_still(tmp_path):
    drawn = territory.open(campaign_folder(tmp_path / "c")).to_svg(on="1914-10-31")
    assert "Nieuwpoort" in drawn
