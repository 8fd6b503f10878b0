import { cleanup, render } from "@testing-library/react";
import { Fragment, StrictMode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useExperimentInView } from "../hooks";
import { anAnswer, Provided, recordingTransport, settle, startAfresh } from "./testing/test-probe";

afterEach(cleanup);

startAfresh();

/** What jsdom lacks: shows elements when the test says so. */
class Windows {
  static all: Windows[] = [];
  readonly watched = new Set<Element>();
  readonly #report: IntersectionObserverCallback;

  constructor(report: IntersectionObserverCallback) {
    this.#report = report;
    Windows.all.push(this);
  }
  observe = (element: Element) => void this.watched.add(element);
  unobserve = (element: Element) => void this.watched.delete(element);
  disconnect = () => this.watched.clear();

  static show(share: number, { height = 100, windowHeight = 800 } = {}) {
    for (const each of Windows.all) {
      const entries = [...each.watched].map((target) => ({
        target,
        isIntersecting: share > 0,
        intersectionRatio: share,
        intersectionRect: { height: share * height },
        rootBounds: { height: windowHeight },
      }));
      if (entries.length > 0)
        each.#report(
          entries as unknown as IntersectionObserverEntry[],
          each as unknown as IntersectionObserver,
        );
    }
  }
}

beforeEach(() => {
  Windows.all = [];
  vi.stubGlobal("IntersectionObserver", Windows);
});

function Footer() {
  const { variant, ref } = useExperimentInView("upgrade-button-test");
  return <p ref={ref}>{variant}</p>;
}

const page = (
  <StrictMode>
    <Provided>
      <Footer />
    </Provided>
  </StrictMode>
);

describe("an experiment in view", () => {
  it("shows its variant at once, and counts it when half of it is visible, once", async () => {
    const { exposures } = recordingTransport();
    const { container } = render(page);
    expect(container.textContent).toBe("urgent");
    Windows.show(0);
    Windows.show(0.49);
    await settle();
    expect(exposures).toEqual([]);
    Windows.show(0.5);
    Windows.show(0);
    Windows.show(1);
    await settle();
    expect(exposures.flatMap(({ seen }) => seen)).toHaveLength(1);
  });

  it("counts what is larger than the window when it fills half of it", async () => {
    const { exposures } = recordingTransport();
    render(page);
    Windows.show(0.1, { height: 3_900 });
    await settle();
    expect(exposures).toEqual([]);
    Windows.show(0.1, { height: 4_000 });
    await settle();
    expect(exposures).toHaveLength(1);
  });

  it("is no longer watched when it has left the page", async () => {
    const { exposures } = recordingTransport();
    const { unmount } = render(page);
    unmount();
    expect(Windows.all.every(({ watched }) => watched.size === 0)).toBe(true);
    Windows.show(1);
    await settle();
    expect(exposures).toEqual([]);
  });

  it("is not watched where it would not be counted", () => {
    recordingTransport();
    render(
      <Provided answers={[anAnswer({ reason: "winner" })]}>
        <Footer />
      </Provided>,
    );
    expect(Windows.all).toEqual([]);
  });

  it("may be a fragment, whose elements are watched", async () => {
    const { exposures } = recordingTransport();
    const Two = () => {
      const { ref } = useExperimentInView("upgrade-button-test");
      return (
        <Fragment ref={ref}>
          <p>one</p>
          <p>two</p>
        </Fragment>
      );
    };
    render(
      <Provided>
        <Two />
      </Provided>,
    );
    Windows.show(1);
    await settle();
    expect(exposures).toHaveLength(1);
  });
});
