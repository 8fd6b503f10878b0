// @vitest-environment jsdom
import { ExperimentsTestProvider } from "@calcom/features/experiments/hooks";
import { act, cleanup, render, screen } from "@testing-library/react";
import { SessionProvider } from "next-auth/react";
import { afterEach, expect, test, vi } from "vitest";
import { BillingButton } from "./BillingButton";

afterEach(cleanup);

test.each([
  ["urgent", "Upgrade Now!"],
  ["control", "Manage Billing"],
  [null, "Manage Billing"],
] as const)("the variant %s reads %s", (variant, text) => {
  render(
    <SessionProvider session={null}>
      <ExperimentsTestProvider variants={{ "upgrade-button-test": variant }}>
        <BillingButton />
      </ExperimentsTestProvider>
    </SessionProvider>,
  );
  expect(screen.getByRole("button").textContent).toBe(text);
});

test("a click counts", () => {
  const onConversion = vi.fn();
  render(
    <SessionProvider session={null}>
      <ExperimentsTestProvider variants={{ "upgrade-button-test": "urgent" }} onConversion={onConversion}>
        <BillingButton />
      </ExperimentsTestProvider>
    </SessionProvider>,
  );
  act(() => screen.getByRole("button").click());
  expect(onConversion).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ slug: "upgrade-button-test", event: "billing_button_clicked" }),
  );
});
