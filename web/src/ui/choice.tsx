/** Choices of one of a few values, all in sight. */

interface ChoiceProps<T> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  set: (value: T) => void;
}

/** A segmented control under a label that is seen. */
export function Choice<T>(props: ChoiceProps<T>) {
  return (
    <span className="row">
      <span className="t2">{props.label}</span>
      <SegmentedControl {...props} />
    </span>
  );
}

/** Buttons side by side, one of them pressed. */
export function SegmentedControl<T>({ label, value, options, set }: ChoiceProps<T>) {
  return (
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
  );
}
