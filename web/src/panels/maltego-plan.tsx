/** The plan of a Maltego transform: who answers, whom it touches, what it costs, what stands in the way. */
import type { MaltegoPlanView } from "../api/types";
import { visible } from "../canvas/style";
import { CLASSES, kindOf } from "../graph/maltego";
import { openDialog } from "../state/dialog";
import { Button, count, Icon } from "../ui/parts";
import { CONTACT_RISKY } from "./run-plan";

export function MaltegoPlan({ plan }: { plan: MaltegoPlanView }) {
  return (
    <>
      <dl className="what">
        <dt>{kindOf(plan)}</dt>
        <dd className="mono">{visible(plan.to)}</dd>
        <dt>Touches</dt>
        <dd className={plan.contact >= CONTACT_RISKY ? "warn" : ""}>
          {CLASSES[plan.contact]} · class {plan.contact}
          {plan.ceiling ? ` · up to ${plan.ceiling}` : " · nothing marked"}
        </dd>
        {plan.route && (
          <>
            <dt>Goes</dt>
            <dd>{visible(plan.route)}</dd>
          </>
        )}
        <dt>Costs</dt>
        <dd>
          {plan.kind === "local"
            ? `${count(plan.asks_count, "start")} of the program; what it asks in turn can't be seen`
            : `${count(plan.calls, "request")} at least`}
        </dd>
      </dl>
      {!plan.enabled && (
        <p className="warn row">
          <Icon name="triangle-alert" />
          It is not enabled.{" "}
          <Button kind="g" onClick={() => openDialog({ kind: "maltego", token: "" })}>
            Look at it
          </Button>
        </p>
      )}
      {plan.contact > plan.contact_limit && (
        <p className="warn row">
          <Icon name="triangle-alert" />
          Class {plan.contact} is over your contact limit of {plan.contact_limit}: all is held back.
        </p>
      )}
    </>
  );
}
