/** A panel that can't be drawn says so, and leaves the others as they are. */
import { Component, type ReactNode } from "react";
import { Button } from "./parts";

interface Props {
  /** What is drawn: "The table". */
  of: string;
  children: ReactNode;
}

export class Boundary extends Component<Props, { fault: string }> {
  override state = { fault: "" };

  static getDerivedStateFromError(error: unknown): { fault: string } {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (!this.state.fault) return this.props.children;
    return (
      <div className="face" role="alert" style={{ position: "relative", minHeight: 80 }}>
        <b>{this.props.of} could not be drawn.</b>
        <span>The investigation is safe. {this.state.fault}</span>
        <Button icon="rotate-ccw" onClick={() => this.setState({ fault: "" })}>
          Draw it again
        </Button>
      </div>
    );
  }
}
