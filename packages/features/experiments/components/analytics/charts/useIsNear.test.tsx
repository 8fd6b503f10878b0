import { act, cleanup, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useIsNear } from "./useIsNear";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Probe({ isEmpty = false }) {
  const [place, setPlace] = useState<HTMLParagraphElement | null>(null);
  const isNear = useIsNear(place);
  return isEmpty ? "nothing" : <p ref={setPlace}>{isNear ? "near" : "far"}</p>;
}

describe("a browser that tells what is near", () => {
  let report: (isIntersecting: boolean) => void;
  const disconnect = vi.fn();
  beforeEach(() => {
    disconnect.mockClear();
    vi.stubGlobal(
      "IntersectionObserver",
      class {
        disconnect = disconnect;
        observe = vi.fn();
        constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
          report = (isIntersecting) => act(() => tell([{ isIntersecting }]));
        }
      },
    );
  });

  it("says so when somebody comes near, and from then on", () => {
    render(<Probe />);
    expect(screen.getByText("far")).toBeDefined();
    report(false);
    expect(screen.getByText("far")).toBeDefined();
    report(true);
    expect(screen.getByText("near")).toBeDefined();
    expect(disconnect).toHaveBeenCalledOnce();
  });

  it("says so of a place that was not there at first", () => {
    const { rerender } = render(<Probe isEmpty />);
    rerender(<Probe />);
    report(true);
    expect(screen.getByText("near")).toBeDefined();
  });

  it("takes what is printed for near", () => {
    render(<Probe />);
    act(() => void dispatchEvent(new Event("beforeprint")));
    expect(screen.getByText("near")).toBeDefined();
  });
});

it("takes all for near where a browser cannot tell", () => {
  render(<Probe />);
  expect(screen.getByText("near")).toBeDefined();
});
