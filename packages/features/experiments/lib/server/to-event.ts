import { v5 as uuidV5 } from "uuid";
import type { ExperimentEvent } from "../tracker";
import type { UnsentEvent } from "./events.repository";

/** Never change this namespace: it gives an event that is sent again the same uuid. */
const NAMESPACE = "5b1c2c0e-5a0b-4a51-9f0c-3d3b5f0d8a11";

/** Null for an erased subject, of whom nothing may be sent any more. */
export function toEvent(row: UnsentEvent): ExperimentEvent[] {
  const distinctId = chooseDistinctId(row);
  if (distinctId === null) return [];
  const name = row.kind === "exposure" ? "experiment_viewed" : "experiment_conversion";
  const isOnPerson = row.kind === "exposure" && row.setPersonProperties && row.userId !== null;
  return [
    {
      // The slug is part of the name: experiments that share their assignment share the salt, and one conversion may
      // count in both.
      uuid: uuidV5(
        [row.salt, row.slug, distinctId, name, row.conversionEvent, row.key].join("\n"),
        NAMESPACE,
      ),
      name,
      distinctId,
      timestamp: row.occurredAt,
      properties: withoutNulls({
        experiment_slug: row.slug,
        variant: row.variant,
        assignment_type: row.assignmentType,
        user_id: row.userId,
        team_id: row.teamId,
        visitor_id: row.visitorId,
        conversion_event: row.conversionEvent,
        value: row.value === null ? null : Number(row.value),
        [`$feature/${row.slug}`]: row.variant,
        $groups: row.teamId === null ? null : { team: String(row.teamId) },
        $set: isOnPerson ? { [`experiment_${row.slug}`]: row.variant } : null,
        // As in the browser's own events: a visitor becomes a person in PostHog by signing in, not by being counted.
        $process_person_profile: row.visitorId === null ? null : false,
      }),
    },
  ];
}

/** The id that the browser uses for the same subject. A team has one of its own. */
function chooseDistinctId({ userId, teamId, visitorId }: UnsentEvent): string | null {
  if (userId !== null) return String(userId);
  if (teamId !== null) return `team:${teamId}`;
  return visitorId;
}

function withoutNulls(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}
