"""
Write what of the corpus is not written by hand: ``python -m corpus.make``, in the tests' folder.

A test compares what is made with what lies there; a change here is written by running it.
"""

from __future__ import annotations

from corpus.files import CORPUS
from corpus.make import campaign, configuration, graphs, pdf, workbook
from corpus.make.mtgl import mtgl


def files() -> dict[str, bytes]:
    """Each file by its path in the corpus."""
    wallet = {
        f"Entities/maltego.{name}Address.entity": graphs.definition(
            f"maltego.{name}Address", f"{name} Address",
            value="properties.cryptocurrencyaddress", base="maltego.CryptocurrencyAddress",
        )
        for name in ("BTC", "ETH", "LTC", "ZEC", "BCH")
    }  # fmt: skip
    stix = {
        f"Entities/maltego.STIX2.{name}.entity": graphs.definition(
            f"maltego.STIX2.{name}", name.title(), value="id", base="maltego.STIX2.core"
        )
        for name in ("incident", "intrusion-set", "malware", "tool", "attack-pattern", "identity",
                     "report", "relationship")
    }  # fmt: skip
    wallets, report = graphs.wallets(), graphs.report()
    return {
        "mtgl/wallets.mtgl": mtgl(
            wallets, version="4.2.19.13940", at="2021-11-30 18:36:59", more=wallet
        ),
        "mtgl/report.mtgl": mtgl(
            report, version="4.2.15.13632", at="2021-03-23 10:41:55", more=stix
        ),
        "mtz/entities.mtz": configuration.entities(),
        "xlsx/two-sheets.xlsx": workbook.workbook(),
        "text/report.pdf": pdf.pdf(),
        "csv/campaign.csv": campaign.csv(),
        "misp/campaign.json": campaign.misp(),
        "openioc/campaign.ioc": campaign.openioc(),
        "stix1/campaign.xml": campaign.stix_one(),
        "stix/campaign.json": campaign.stix(),
    }


if __name__ == "__main__":
    for path, data in files().items():
        (CORPUS / path).parent.mkdir(exist_ok=True)
        (CORPUS / path).write_bytes(data)
