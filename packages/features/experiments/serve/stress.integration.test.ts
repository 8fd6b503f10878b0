import { testDatabase } from "@calcom/embedded-postgres/testing";
import { it } from "vitest";
import { expectNobodyMoved } from "../testing/changing-load";
import { createFixture } from "../testing/database-fixtures";
import { createEnrolmentLimiter } from "./enrolment-limiter";

const { connectionString } = await testDatabase();
const aNode = () =>
  createFixture(connectionString, {
    limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 }),
  });

it("1,200 subjects over two nodes meet no error and no deadlock, lose no row and keep their variant, while the configuration changes 12 times", {
  timeout: 180_000,
}, async () => {
  const fixture = await aNode();
  try {
    await expectNobodyMoved({ fixture, open: aNode, subjects: 1_200, changes: 12 });
  } finally {
    await fixture.close();
  }
});
