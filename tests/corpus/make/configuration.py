"""A configuration as a client of version 4.2 exports it: types, their category and icons."""

from __future__ import annotations

from corpus.make.archive import PIXEL, zipped
from corpus.make.graphs import definition

VERSION = """#
#Thu Jan 02 03:04:06 CET 2020
maltego.mtz.version=1.0
maltego.client.subtitle=
maltego.client.version=4.2.19.13940
maltego.pandora.version=1.4.2
maltego.graph.version=1.2
maltego.client.name=Maltego One
"""
_NEST = r"""<MaltegoEntity id="heron.Nest" displayName="Nest" displayNamePlural="Nests" description="A made-up place" category="Heron" smallIconResource="Heron/Nest" largeIconResource="Heron/Nest" allowedRoot="true" conversionOrder="1000" visible="true">
   <BaseEntities>
      <BaseEntity>maltego.Location</BaseEntity>
   </BaseEntities>
   <Converter>
      <Value><![CDATA[\bNEST-[a-km-zA-HJ-NP-Z1-9]{8}\b]]></Value>
      <RegexGroups/>
   </Converter>
   <Properties image="PictureOf" value="properties.nest" displayValue="properties.nest">
      <Groups/>
      <Fields>
         <Field name="PictureOf" type="string" nullable="true" hidden="false" readonly="false" description="" displayName="Picture of">
            <SampleValue></SampleValue>
         </Field>
         <Field name="eggs" type="int" nullable="true" hidden="false" readonly="false" description="" displayName="Number of Eggs">
            <SampleValue>0</SampleValue>
         </Field>
         <Field name="height" type="float" nullable="true" hidden="false" readonly="false" description="" displayName="Height">
            <SampleValue>0.0</SampleValue>
         </Field>
         <Field name="properties.nest" type="string" nullable="true" hidden="false" readonly="false" description="" displayName="Nest">
            <SampleValue>NEST-abcd1234</SampleValue>
         </Field>
      </Fields>
   </Properties>
</MaltegoEntity>"""  # noqa: E501


def entities() -> bytes:
    """Two types of an own category; a field of one stands there twice, as the client leaves it."""
    icons: dict[str, bytes | str] = {}
    for name in ("Heron/Nest", "Heron/Feather"):
        icons |= {f"Icons/{name}{size}.png": PIXEL for size in ("", "24", "32", "48", "96")}
        icons[f"Icons/{name}.xml"] = "<Icon>\n   <Aliases/>\n</Icon>"
    return zipped(
        {
            "version.properties": VERSION,
            "EntityCategories/heron.category": '<EntityCategory name="Heron"/>',
            "Entities/heron.Nest.entity": _NEST,
            "Entities/heron.Feather.entity": definition(
                "heron.Feather", "Feather", value="properties.feather", base="heron.Nest"
            ),
            **icons,
        }
    )
