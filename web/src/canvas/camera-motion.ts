/** The camera in motion: eased from view to view, gliding on after a throw. */
import { between, panned, type View } from "./camera";

/** Below this, in pixels a millisecond, what is let go of stays where it is. */
const THROW_MIN = 0.15;
/** The time in which a throw slows down to a third, in milliseconds. */
const SLOWING_MS = 140;

export class CameraMotion {
  private ease: { from: View; to: View; began: number; ms: number } | null = null;
  private throwing: { x: number; y: number; at: number } | null = null;

  constructor(
    public view: View,
    /** Whether the system wishes no motion. */
    readonly calm: () => boolean,
  ) {}

  /** Where it is on its way to. */
  get goal(): View {
    return this.ease?.to ?? this.view;
  }

  get moving(): boolean {
    return this.ease !== null || this.throwing !== null;
  }

  /** Goes to a view in *ms*, at once where that is 0 or no motion is wished. */
  go(to: View, now: number, ms: number): void {
    this.throwing = null;
    if (ms === 0 || this.calm()) {
      this.ease = null;
      this.view = to;
    } else this.ease = { from: this.view, to, began: now, ms };
  }

  /** Stays where it is. */
  stop(): void {
    this.ease = this.throwing = null;
  }

  /** Goes on by itself at a speed in pixels a millisecond, ever slower. */
  throw(x: number, y: number, now: number): void {
    if (Math.hypot(x, y) < THROW_MIN || this.calm()) return;
    this.ease = null;
    this.throwing = { x, y, at: now };
  }

  /** Moves on to *now*; whether anything moved. */
  step(now: number): boolean {
    if (this.ease) {
      const { from, to, began, ms } = this.ease;
      const time = Math.min(1, Math.max(0, (now - began) / ms));
      this.view = between(from, to, 1 - Math.pow(1 - time, 3));
      if (time >= 1) this.ease = null;
      return true;
    }
    if (!this.throwing) return false;
    const { x, y, at } = this.throwing;
    const ms = Math.max(0, now - at);
    const slower = Math.exp(-ms / SLOWING_MS);
    const far = SLOWING_MS * (1 - slower);
    this.view = panned(this.view, x * far, y * far);
    const [vx, vy] = [x * slower, y * slower];
    this.throwing = Math.hypot(vx, vy) < THROW_MIN / 5 ? null : { x: vx, y: vy, at: now };
    return true;
  }
}
