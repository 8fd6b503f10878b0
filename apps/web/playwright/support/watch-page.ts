import type { Page, Request } from "@playwright/test";

export interface Watched {
  /** What the console and the page itself complained about. */
  problems: string[];
  /** Requests by which a variant could have come from anywhere but the HTML. */
  questions: string[];
  exposures: Request[];
  /** The sum of all layout shifts of the current document so far. */
  layoutShift(): Promise<number>;
}

declare global {
  interface Window {
    layoutShiftOfTest?: number;
  }
}

/** Before the first navigation. */
export async function watch(page: Page): Promise<Watched> {
  const watched: Watched = {
    problems: [],
    questions: [],
    exposures: [],
    layoutShift: () => page.evaluate(() => window.layoutShiftOfTest ?? 0),
  };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) watched.problems.push(message.text());
  });
  page.on("pageerror", (error) => watched.problems.push(error.message));
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === "/api/experiments/exposures") watched.exposures.push(request);
    else if (/getVariant|listActiveExperiments/.test(pathname)) watched.questions.push(request.url());
  });
  await page.addInitScript(() => {
    window.layoutShiftOfTest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        window.layoutShiftOfTest =
          (window.layoutShiftOfTest ?? 0) + (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  return watched;
}
