import { forgetBrowser } from "@calcom/features/experiments/hooks";
import type { ConsentChoice } from "./types";

const PATH = "/api/experiments/consent";

/**
 * Tells the server, and stops what runs in this browser before anything else.
 *
 * @throws Error where the choice was not kept, or not everything could be removed
 */
export async function choose(choice: ConsentChoice): Promise<void> {
  if (choice === "denied") {
    const { tracker } = await import("@/modules/experiments/transport");
    tracker.stop();
    forgetBrowser();
  }
  const response = await fetch(PATH, {
    method: "POST",
    body: JSON.stringify({ choice }),
    headers: { "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(`${PATH} answered ${response.status}.`);
}
