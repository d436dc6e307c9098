"""Dates as registries write them."""

import pytest

from clew.errors import InvalidValue
from clew.interop.whois.dates import DAY_FIRST, MONTH_FIRST, day_order, read_date

DATES = {
    "2004.06.24": "2004-06-24",
    "24.06.2004": "2004-06-24",
    "18.7.2012 04:04:23": "2012-07-18T04:04:23Z",
    "05-Dec-2020": "2020-12-05",
    "29-APR-05": "2005-04-29",
    "29-APR-95": "1995-04-29",
    "2013-03-25 11:48:37.0": "2013-03-25T11:48:37Z",
    "2013-12-02/14:12:36": "2013-12-02T14:12:36Z",
    "2014-01-27T11-51-05Z": "2014-01-27T11:51:05Z",
    "Mon Jun 24 2004": "2004-06-24",
    "Fri, Jan 21, 2000": "2000-01-21",
    "Tue Feb 10 09:42:42 2004": "2004-02-10T09:42:42Z",
    "Sat Oct 07 00:00:00 EDT 2023": "2023-10-07T04:00:00Z",
    "2013/06/01 01:05:07 (JST)": "2013-05-31T16:05:07Z",
    "2022-08-04 10:20:10 (GMT+0:00)": "2022-08-04T10:20:10Z",
    "2002-12-04 00:00:00+02": "2002-12-03T22:00:00Z",
    "2002-12-04 00:00:00 XYZ": "2002-12-04",
    "19990518 #162310": "1999-05-18",
    "1997-10-26 (YYYY-MM-DD)": "1997-10-26",
    "20120121 04:01:40": "2012-01-21T04:01:40Z",
    "2001-Aug-23.": "2001-08-23",
    "Friday 26th May 2017": "2017-05-26",
    "Aug-1996": "1996-08",
    "1996": "1996",
    "2004年06月24日": "2004-06-24",
    "30/10/2002 00:00:00": "2002-10-30T00:00:00Z",
    "05/05/2010": "2010-05-05",
}


@pytest.mark.parametrize(("text", "meant"), DATES.items())
def test_dates_are_read(text: str, meant: str) -> None:
    """Each form of a date gives its moment with the precision that was told."""
    assert str(read_date(text)) == meant


@pytest.mark.parametrize(
    "text",
    ["before Aug-1996", "Before 2001", "01/02/2013", "1970-01-01T00:00:00.0Z", "2013-02-30",
     "see the web page", "9" * 500, "1900-01-01", "0001-01-01", "24 Foo 2004", "99.99.2004",
     "2004-06-24 25:61:61"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    """Bounds, ambiguous, impossible and far dates are refused."""
    with pytest.raises(InvalidValue):
        read_date(text)


def test_an_order_tells_day_from_month() -> None:
    """Day and month of 01/02/2013 follow the order that is given."""
    assert str(read_date("01/02/2013", order=DAY_FIRST)) == "2013-02-01"
    assert str(read_date("01/02/2013", order=MONTH_FIRST)) == "2013-01-02"


def test_dates_prove_an_order() -> None:
    """Dates past the twelfth prove the order of an answer, unless they contradict each other."""
    assert day_order(["01/02/2013", "13/02/2013"]) == DAY_FIRST
    assert day_order(["01/02/2013", "02/13/2013"]) == MONTH_FIRST
    assert day_order(["13/02/2013", "02/13/2013"]) == day_order(["01/02/2013"]) == ""
