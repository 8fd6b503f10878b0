import { type Locator, test } from "@playwright/test";

/** A person who does one thing after the other. Each click, and each text that is entered, is one interaction. */
export class Hands {
  interactions = 0;
  readonly task: string;
  readonly #since = performance.now();

  constructor(task: string) {
    this.task = task;
  }

  async click(control: Locator): Promise<void> {
    await control.click();
    this.interactions++;
  }

  /** With Enter at its end, which sends it. */
  async enter(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    await field.press("Enter");
    this.interactions++;
  }

  async type(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    this.interactions++;
  }

  /** Says it in the test's report, too. */
  done(): { task: string; interactions: number; seconds: number } {
    const { task, interactions } = this;
    const seconds = Number(((performance.now() - this.#since) / 1_000).toFixed(1));
    const description = `${task}: ${interactions} interactions, ${seconds} s`;
    test.info().annotations.push({ type: "task", description });
    return { task, interactions, seconds };
  }
}
