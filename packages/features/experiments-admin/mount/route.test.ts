import { expect, test } from "vitest";
import { pathsUnder } from "../pages/paths";
import { pageAt, readRoute } from "./route";

test.each([
  ["/backoffice/ab", [], "/backoffice/ab"],
  ["/backoffice/ab/new", ["new"], "/backoffice/ab"],
  ["/backoffice/ab/", [], "/backoffice/ab"],
  ["/t/acme/ab/-/report/a%20b", ["-", "report", "a%20b"], "/t/acme/ab"],
  ["/new", ["new"], ""],
  ["/", [], ""],
])("of %s the application's part is what stands before the catch-all's", (pathname, path, root) => {
  expect(readRoute(pathname, path).root).toBe(root);
});

test("the parts of an address are read as they were written, also where they are no encoding", () => {
  expect(readRoute("/ab/a%20b/100%", ["a%20b", "100%"]).path).toEqual(["a b", "100%"]);
});

test.each([
  [[], { name: "list" }],
  [["new"], { name: "new" }],
  [["activity"], { name: "activity" }],
  [["people"], { name: "people" }],
  [["a-slug"], { name: "detail", slug: "a-slug" }],
  [["a-slug", "edit"], { name: "edit", slug: "a-slug" }],
  [["new", "edit"], { name: "edit", slug: "new" }],
  [["-", "people"], { name: "lookup" }],
  [["-", "report", "a-slug"], { name: "report", slug: "a-slug" }],
  [["-", "flags"], { name: "flags" }],
  [["-", "flags", "x"], { name: "unknown" }],
  [["-"], { name: "unknown" }],
  [["-", "report"], { name: "unknown" }],
  [["-", "people", "x"], { name: "unknown" }],
  [["a-slug", "edit", "x"], { name: "unknown" }],
  [["a-slug", "other"], { name: "unknown" }],
  [["a", "b", "c", "d"], { name: "unknown" }],
])("%j is the page %j", (path, page) => {
  expect(pageAt(path)).toEqual(page);
});

test("every address that the pages link to is one of theirs", () => {
  const paths = pathsUnder("/ab");
  const person = { unit: "user", id: 12 } as const;
  const slug = "a-slug";
  const linked = {
    list: paths.list,
    new: paths.create,
    activity: paths.activity,
    people: paths.people,
    lookup: paths.person(person),
    detail: paths.results(slug),
    edit: paths.edit(slug),
    report: paths.report(slug),
  };
  for (const [name, href] of Object.entries(linked)) {
    const { pathname } = new URL(href, "https://app.example");
    expect(pageAt(pathname.split("/").slice(2))).toMatchObject({ name });
  }
});
