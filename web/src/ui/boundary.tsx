/** A panel that can't be drawn says so, and leaves the others as they are. */
import { Component, type ReactNode } from "react";
import { Button } from "./parts";

interface Props {
  /** What is drawn: "The table". */
  of: string;
  children: ReactNode;
}

export class Boundary extends Component<Props, { error: string }> {
  override state = { error: "" };

  static getDerivedStateFromError(error: unknown): { error: string } {
    return { error: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <div className="placeholder" role="alert" style={{ position: "relative", minHeight: 80 }}>
        <b>{this.props.of} could not be drawn.</b>
        <span>The investigation is safe. {this.state.error}</span>
        <Button icon="rotate-ccw" onClick={() => this.setState({ error: "" })}>
          Draw it again
        </Button>
      </div>
    );
  }
}
