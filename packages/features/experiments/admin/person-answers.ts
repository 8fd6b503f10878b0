import type { FactsRepository, LoadedFacts } from "../serve/facts.repository";
import type { FlagRowsRepository } from "../serve/flag-rows.repository";
import { type Facts, NO_FACTS } from "../types/answers";
import { PERSON_PAGE, type PersonEntry, type PersonLook, type PersonQuestion } from "../types/people";
import type { CompiledExperiment } from "../utils/compile";
import type { SourcedSaying } from "../utils/former-flag";
import { isShown, listLines } from "../utils/person-lines";
import type { PeopleRepository, StoredPerson } from "./people.repository";
import { buildEntry, type Line } from "./person-entries";
import { type RecordedParts, readRecorded } from "./person-recorded";
import { buildTimeline, pickRecent } from "./person-timeline";

export interface PersonAnswersParts extends RecordedParts {
  /** All that this node has in memory. */
  live: { all(): Promise<CompiledExperiment[]> };
  people: Pick<PeopleRepository, "listRows" | "listConversions" | "findSlugs">;
  facts: Pick<FactsRepository, "load">;
  flagRows: Pick<FlagRowsRepository, "findSources">;
  clock: () => Date;
}

/**
 * Decides for somebody everything that a page shows, by a handful of statements however many experiments there are. It
 * checks no permission and writes nothing: what nobody has a row of is only computed.
 */
export class PersonAnswers {
  readonly #parts: PersonAnswersParts;

  constructor(parts: PersonAnswersParts) {
    this.#parts = parts;
  }

  async answer(person: StoredPerson, question: PersonQuestion): Promise<Omit<PersonLook, "person">> {
    const { live, people, facts: factsOf } = this.#parts;
    const teamIds = person.teams.map(({ id }) => id);
    const [experiments, rows, slugs, loaded] = await Promise.all([
      live.all(),
      people.listRows(person.unit === "user" ? person.userId : null, teamIds, person.visitorIds),
      question.search === "" ? null : people.findSlugs(question.search),
      factsOf.load(person.userId, teamIds),
    ]);
    const lines = listLines(experiments, { ...person, teamIds }, rows);
    const found = lines.filter((line) => isShown(line, question.show, slugs));
    const page = found.slice((question.page - 1) * PERSON_PAGE, question.page * PERSON_PAGE);
    const recent = pickRecent(rows);
    const [said, told] = await Promise.all([
      this.#findSayings(person, page),
      readRecorded(this.#parts, page, recent),
    ]);
    const now = this.#parts.clock().getTime();
    const entries = page.map((line, index) => {
      const row = told.rows.get(line.experiment.slug);
      if (row === undefined) return null;
      const { events, isWithheld } = told.of(line.rows);
      return buildEntry({
        row,
        line,
        subjectName: nameOf(person, line),
        facts: factsFor(person, line, loaded),
        said: said[index] ?? null,
        conversions: events,
        isWithheld: isWithheld && line.rows.length > 0,
        now,
      });
    });
    return {
      entries: entries.filter((entry): entry is PersonEntry => entry !== null),
      total: found.length,
      timeline: buildTimeline(recent, (row) => ({
        name: told.nameOf(row.slug),
        conversions: told.of([row]).events,
      })),
      isTimelineWithheld: recent.some((row) => told.of([row]).isWithheld),
    };
  }

  /** What rows of flags say, of those lines that go by one; null elsewhere. */
  async #findSayings(person: StoredPerson, page: readonly Line[]): Promise<(SourcedSaying | null)[]> {
    const asked = page.flatMap(({ experiment, unitId }, index) => {
      if (experiment.flag === null) return [];
      const isTeams = experiment.unit === "team" || person.unit === "team";
      const teamId = isTeams ? (teamOf(person, unitId)?.id ?? null) : null;
      const userId = person.unit === "team" ? null : person.userId;
      return [{ index, question: { slug: experiment.slug, userId, teamId } }];
    });
    const found = await this.#parts.flagRows.findSources(asked.map(({ question }) => question));
    const said: (SourcedSaying | null)[] = page.map(() => null);
    asked.forEach(({ index }, position) => {
      said[index] = found[position] ?? null;
    });
    return said;
  }
}

function factsFor(person: StoredPerson, { experiment, unitId }: Line, { user, teams }: LoadedFacts): Facts {
  if (experiment.unit !== "team") return user ?? NO_FACTS;
  const team = teamOf(person, unitId);
  return (team === null ? null : teams.get(team.id)) ?? NO_FACTS;
}

/** Lines name their subject by a text. */
function teamOf({ teams }: StoredPerson, unitId: string | null): StoredPerson["teams"][number] | null {
  return teams.find(({ id }) => String(id) === unitId) ?? null;
}

/** The name of the team that an answer is about, if a user was looked up, who may have several. */
function nameOf(person: StoredPerson, { experiment, unitId }: Line): string | null {
  if (experiment.unit !== "team" || person.unit === "team") return null;
  return teamOf(person, unitId)?.name ?? null;
}
