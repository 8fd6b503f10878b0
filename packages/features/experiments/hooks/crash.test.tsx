import { analyseSplit } from "@calcom/statistics";
import { act } from "@testing-library/react";
import { Component, type ReactNode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { useExperiment } from "../hooks";
import { anAnswer, Provided, recordingTransport, settle, startAfresh } from "./testing/test-probe";

startAfresh();

class Boundary extends Component<{ children: ReactNode }> {
  override state = { hasFailed: false };
  static getDerivedStateFromError = () => ({ hasFailed: true });
  override render() {
    return this.state.hasFailed ? "Something went wrong" : this.props.children;
  }
}

/** Its treatment is drawn by the server, and breaks in the browser. */
function Page({ isInBrowser }: { isInBrowser: boolean }) {
  const { variant } = useExperiment("upgrade-button-test");
  if (isInBrowser && variant === "urgent") throw new Error("cannot read properties of undefined");
  return <p>{variant}</p>;
}

/** A visit of the page: what is shown at its end, and how many exposures it has reported. */
async function visit(variant: "control" | "urgent") {
  const { exposures } = recordingTransport();
  const page = (isInBrowser: boolean) => (
    <Boundary>
      <Provided answers={[anAnswer({ variant, isControl: variant === "control" })]}>
        <Page isInBrowser={isInBrowser} />
      </Provided>
    </Boundary>
  );
  const container = document.createElement("div");
  container.innerHTML = renderToString(page(false));
  expect(container.textContent).toBe(variant);
  const root = await act(async () =>
    hydrateRoot(container, page(true), { onCaughtError() {}, onRecoverableError() {} }),
  );
  await settle();
  dispatchEvent(new Event("pagehide"));
  const shown = container.textContent;
  act(() => root.unmount());
  return { shown, reported: exposures.flatMap(({ seen }) => seen).length };
}

it("a variant that crashes at hydration is not counted, and the split alarms before it can lose or win", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const control = await visit("control");
  const urgent = await visit("urgent");
  expect(control).toEqual({ shown: "control", reported: 1 });
  expect(urgent).toEqual({ shown: "Something went wrong", reported: 0 });

  /** Of 400 visitors of each variant, these crash. */
  const splitWith = (crashing: number) => {
    const observed = {
      control: 400 * control.reported,
      urgent: (400 - crashing) * control.reported + crashing * urgent.reported,
    };
    const weights = { control: 50, urgent: 50 };
    return analyseSplit({
      variants: ["control", "urgent"],
      split: [{ epoch: 1, weights, units: observed }],
    }).status;
  };
  expect([splitWith(0), splitWith(400), splitWith(150)]).toEqual(["as_planned", "off", "off"]);
});
