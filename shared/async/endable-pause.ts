/** A pause that can be ended before its time. */
export class EndablePause {
  #end: () => void = () => undefined;

  /** Settles after `milliseconds`, or once it is ended. */
  lasting(milliseconds: number): Promise<void> {
    return new Promise((settle) => {
      const timer = setTimeout(settle, milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        settle();
      };
    });
  }

  /** Ends the pause that was begun last; where it is over, nothing happens. */
  end(): void {
    this.#end();
  }
}
