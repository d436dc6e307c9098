/** On what terms something of Maltego may be asked; nobody but the user can know whom it touches. */
import { CLASSES } from "../graph/maltego";
import { TLP } from "../ui/parts";

export function ContactTerms({
  contact,
  tlp,
  setContact,
  setTlp,
}: {
  contact: number;
  tlp: number;
  setContact: (value: number) => void;
  setTlp: (value: number) => void;
}) {
  return (
    <div className="row terms">
      <label className="row">
        Whom it touches{" "}
        <select
          className="in"
          value={contact}
          onChange={(event) => setContact(Number(event.target.value))}
        >
          {CLASSES.map((one, at) => (
            <option key={one} value={at}>
              {at} · {one}
            </option>
          ))}
        </select>
      </label>
      <label className="row">
        May get what is marked up to{" "}
        <select className="in" value={tlp} onChange={(event) => setTlp(Number(event.target.value))}>
          {TLP.map((one, at) => (
            <option key={one} value={at}>
              {one || "nothing marked"}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
