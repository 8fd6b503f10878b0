import type { AccessService, Actor } from "../serve/access.service";
import { CALENDAR_PAGE, type CalendarQuestion, type ExperimentCalendar } from "../types/calendar";
import { addMonths, fitMonths, MONTHS_BACK, monthOf, startOfMonth } from "../types/months";
import { findReached } from "../utils/find-reached";
import { listPauses } from "../utils/list-pauses";
import type { CalendarRepository } from "./calendar.repository";

const DEFAULT_SPAN = 6;

/** Says what ran when. */
export class CalendarService {
  readonly #access: Pick<AccessService, "authorize">;
  readonly #calendar: Pick<CalendarRepository, "list" | "findExtent">;
  readonly #clock: () => Date;

  constructor(
    access: Pick<AccessService, "authorize">,
    calendar: Pick<CalendarRepository, "list" | "findExtent">,
    clock: () => Date,
  ) {
    this.#access = access;
    this.#calendar = calendar;
    this.#clock = clock;
  }

  /**
   * Lists experiments that ran, or are planned to run, in some months, a page at a time. Where no month is given, the
   * months are those around now that have something to show.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async list(
    actor: Actor,
    { month: asked, months: span, page, ...filter }: CalendarQuestion,
  ): Promise<ExperimentCalendar> {
    await this.#access.authorize(actor, "view");
    const { month, months } =
      asked === undefined ? await this.#fit(span) : { month: asked, months: span ?? DEFAULT_SPAN };
    const from = startOfMonth(month).toISOString();
    const until = startOfMonth(month, months).toISOString();
    const { rows, ...rest } = await this.#calendar.list({
      ...filter,
      from,
      until,
      limit: CALENDAR_PAGE,
      offset: (page - 1) * CALENDAR_PAGE,
    });
    const entries = rows.map(({ steps, reached, ...row }) => ({
      ...row,
      pauses: listPauses(steps),
      reachedAt: reached === null ? null : findReached(reached, row.startedAt, this.#clock()),
    }));
    return { entries, ...rest, from, until };
  }

  async #fit(months: number | undefined) {
    const now = this.#clock();
    const since = startOfMonth(addMonths(monthOf(now), 1 - MONTHS_BACK));
    return fitMonths(now.getTime(), await this.#calendar.findExtent(since.toISOString()), months);
  }
}
