import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { PageHeader } from "./page-header";

afterEach(cleanup);

const actionsOf = (name: string) => screen.getByRole("button", { name }).parentElement?.className;

test("on a phone a single action stands beside the title, or fills a line of its own where the title needs it all", () => {
  render(<PageHeader title="One" description="Text" actions={<button type="button">New</button>} />);
  expect(screen.getByRole("heading", { name: "One" }).className).toContain("max-sm:grow-[999]");
  expect(actionsOf("New")).toContain("max-sm:grow");
  expect(actionsOf("New")).not.toContain("max-sm:basis-full");
});

test("several actions begin a line of their own, and buttons fill it, but for what opens a menu", () => {
  render(
    <PageHeader
      title="Two"
      actions={
        <>
          <button type="button">Edit</button>
          <button type="button">Start</button>
        </>
      }
    />,
  );
  expect(actionsOf("Edit")).toContain("max-sm:basis-full");
  expect(actionsOf("Edit")).toContain("[data-slot=button]:not([aria-haspopup=menu])]:grow");
});

test("a long description leaves the actions beside it", () => {
  render(
    <PageHeader title="Four" description={"Long ".repeat(80)} actions={<button type="button">New</button>} />,
  );
  expect(screen.getByRole("heading", { name: "Four" }).parentElement?.className).toContain(
    "sm:flex-[1_1_20rem]",
  );
});

test("where nothing can be done there is no room for it", () => {
  render(<PageHeader title="Three" actions={false} />);
  expect(screen.getByRole("banner").querySelectorAll("div > div")).toHaveLength(1);
});
