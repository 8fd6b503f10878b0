import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Disclosure } from "./disclosure";

afterEach(cleanup);

test("the chevron is drawn, instead of the triangle of the browser", () => {
  render(<Disclosure summary="Why">Because</Disclosure>);
  const summary = screen.getByText("Why").closest("summary");
  expect(summary?.className).toContain("list-none");
  expect(summary?.querySelector("svg")?.getAttribute("aria-hidden")).toBe("true");
});

test("it is folded at first, and begins unfolded where it is told to", () => {
  render(
    <>
      <Disclosure summary="Folded">One</Disclosure>
      <Disclosure summary="Unfolded" open>
        Two
      </Disclosure>
    </>,
  );
  expect(screen.getByText("Folded").closest("details")?.open).toBe(false);
  expect(screen.getByText("Unfolded").closest("details")?.open).toBe(true);
});

test("the chevron turns with its own details alone, and the other way where the text runs the other way", () => {
  render(<Disclosure summary="Why">Because</Disclosure>);
  const classes = screen.getByText("Why").closest("summary")?.querySelector("svg")?.getAttribute("class");
  expect(classes).toContain("[details[open]>summary_&]:rotate-90");
  expect(classes).toContain("rtl:-scale-x-100");
});
