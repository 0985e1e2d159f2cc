/**
 * A copy of a Date, which says what it is even if the original overrides that; undefined for what is none, or is no
 * moment.
 */
export function readMoment(value: unknown): Date | undefined {
  if (!(value instanceof Date)) return undefined;
  try {
    const moment = new Date(value);
    return Number.isNaN(moment.getTime()) ? undefined : moment;
  } catch (error) {
    // It has but the prototype.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
