/** The lines of the transform menu: transforms, those of Maltego, and commands. */
import type { MaltegoMatches, TransformOffer } from "../api/types";
import { visible } from "../canvas/style";
import { enabled, shortcutText } from "../commands/command";
import { commandOf } from "../commands/commands";
import { copyCommands } from "../commands/copies";
import { typesOf } from "../graph/maltego";
import { has } from "../graph/transform-menu";
import { closeDialog, openDialog } from "../state/dialog";
import { chooseTransform } from "../state/run-start";
import type { Snapshot } from "../state/snapshot";
import { intoView } from "../ui/list-keys";
import { Icon } from "../ui/parts";

/** The commands about a selection, in the order of the menu. */
const COMMANDS_SHOWN = [
  "maltego",
  "neighbours",
  "same",
  "why",
  "star",
  "pin",
  "fold",
  "hide",
  "remove",
  "copy",
  "copy-live",
  "to-graph",
];

export function TransformItem({
  offer,
  icon,
  current = false,
  favourite = false,
  flip,
}: {
  offer: TransformOffer;
  icon: string;
  /** Whether Enter chooses it. */
  current?: boolean;
  favourite?: boolean;
  flip?: () => void;
}) {
  return (
    <div className="fav">
      <button
        ref={current ? intoView : null}
        type="button"
        className={`m ${current ? "h" : ""}`}
        aria-current={current}
        disabled={offer.fits === 0}
        title={offer.title}
        onClick={() => void chooseTransform(offer)}
      >
        <Icon name={icon} />
        <span className="cut">{offer.name}</span>
        <span className="k">{priceText(offer)}</span>
      </button>
      {flip && (
        <button
          type="button"
          className={`like ${favourite ? "on" : ""}`}
          aria-pressed={favourite}
          aria-label={`Favourite: ${offer.name}`}
          title="Favourite"
          onClick={flip}
        >
          <Icon name="star" size={12} />
        </button>
      )}
    </div>
  );
}

/** What one look-up costs; of one that does not fit what it takes. */
function priceText(offer: TransformOffer): string {
  if (offer.fits === 0) return `takes ${offer.takes.slice(0, 2).join(", ")}`;
  return offer.credits ? `${offer.credits} ${offer.unit || "credits"}` : "free";
}

interface MaltegoLine {
  target: string;
  label: string;
  /** What answers: a program, or whose server. */
  runner: string;
  title: string;
}

export function maltegoLines(matches: MaltegoMatches | null): MaltegoLine[] {
  const transforms = (matches?.transforms ?? []).map((one) => ({
    target: one.target,
    label: one.label,
    runner: one.kind === "local" ? "program" : one.whose,
    title: `${one.target} takes ${typesOf(one.takes)}`,
  }));
  const servers = (matches?.by_name ?? []).map((one) => ({
    target: `${one}/`,
    label: `${one}, by name…`,
    runner: "server",
    title: "This server does not list its transforms",
  }));
  return [...transforms, ...servers];
}

export function MaltegoItem({ line, current }: { line: MaltegoLine; current: boolean }) {
  return (
    <button
      ref={current ? intoView : null}
      type="button"
      className={`m ${current ? "h" : ""}`}
      aria-current={current}
      title={visible(line.title)}
      onClick={() => openDialog({ kind: "maltego-plan", target: line.target })}
    >
      <Icon name="workflow" />
      <span className="cut">{visible(line.label)}</span>
      <span className="k">{visible(line.runner)}</span>
    </button>
  );
}

export function CommandItems({ state, text }: { state: Snapshot; text: string }) {
  const commands = [...COMMANDS_SHOWN.map((id) => commandOf(id)), ...copyCommands(state)];
  return commands.map(
    (command) =>
      command &&
      has(command.title, text) && (
        <button
          key={command.id}
          type="button"
          className="m"
          disabled={!enabled(command, state)}
          onClick={() => {
            closeDialog();
            void command.run(state);
          }}
        >
          <span>{command.title}</span>
          <span className="k">{shortcutText(command)}</span>
        </button>
      ),
  );
}
