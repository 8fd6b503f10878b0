// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useIsNear } from "./useIsNear";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Probe() {
  const place = useRef<HTMLParagraphElement>(null);
  return <p ref={place}>{useIsNear(place) ? "near" : "far"}</p>;
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
