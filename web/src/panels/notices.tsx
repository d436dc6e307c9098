/** What the page says of the service and of the file until it is mended or read. */
import { caseStore, readNotice } from "../state/case";
import { connectionStore } from "../state/connection";
import { Button, Icon } from "../ui/parts";
import { usePick } from "../ui/use";

export function Notices() {
  const { info, noticeRead } = usePick(caseStore, "info", "noticeRead");
  const { linked, refused } = usePick(connectionStore, "linked", "refused");
  const notice = info?.notice && info.notice !== noticeRead ? info.notice : "";
  if (linked && !notice) return null;
  return (
    <div className="notices" role="alert">
      {!linked && (
        <div>
          <Icon name="triangle-alert" />
          <span className="grow">
            {refused ? REFUSED : UNREACHABLE} {KEPT} Run <code>clew open {info?.file ?? ""}</code>{" "}
            and open the address that it prints in this browser.
            {refused && " Where it has this page's port, this page goes on by itself."}
          </span>
        </div>
      )}
      {notice && (
        <div>
          <Icon name="triangle-alert" />
          <span className="grow">{notice}</span>
          <Button kind="g" onClick={() => readNotice(notice)}>
            I have read it
          </Button>
        </div>
      )}
    </div>
  );
}

const REFUSED = "The service was started anew and does not know this page.";
const UNREACHABLE = "The service does not answer; it may have ended. It is tried again.";
const KEPT = "What was saved is in the file, and what you typed stays here.";
