/** `2026-11-23T10:00:00Z`. */
export function isoTime(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}
