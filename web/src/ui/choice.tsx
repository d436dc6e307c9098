/** A choice of one of a few values, all in sight. */

export function Choice<T>({
  label,
  value,
  options,
  set,
}: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  set: (value: T) => void;
}) {
  return (
    <span className="row">
      <span className="t2">{label}</span>
      <span className="seg" role="group" aria-label={label}>
        {options.map(([one, text]) => (
          <button
            key={text}
            type="button"
            aria-pressed={one === value}
            className={one === value ? "on" : ""}
            onClick={() => set(one)}
          >
            {text}
          </button>
        ))}
      </span>
    </span>
  );
}
