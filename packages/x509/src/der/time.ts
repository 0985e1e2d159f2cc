// UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 wants them: seconds present, no fraction, always Z.

import { valueFail } from "./fail.ts";
import { Tag } from "./tag.ts";

/**
 * The time in the contents `[start, end)` of a UTCTime or GeneralizedTime, in milliseconds since 1970.
 * Two-digit years below 50 are 20YY (RFC 5280 4.1.2.5.1). Dates that do not exist (31 April) are refused.
 */
export function decodeTime(bytes: Uint8Array, tag: number, start: number, end: number): number {
  const utc = tag === Tag.utcTime;
  const at = utc ? start : start + 2;
  if (end - at !== 13 || bytes[end - 1] !== 0x5a) {
    valueFail(start, utc ? "a time as YYMMDDHHMMSSZ" : "a time as YYYYMMDDHHMMSSZ");
  }
  const century = utc ? 0 : twoDigits(bytes, start) * 100;
  const digits = twoDigits(bytes, at);
  const year = utc ? digits + (digits < 50 ? 2000 : 1900) : century + digits;
  const month = twoDigits(bytes, at + 2);
  const day = twoDigits(bytes, at + 4);
  const hour = twoDigits(bytes, at + 6);
  const minute = twoDigits(bytes, at + 8);
  const second = twoDigits(bytes, at + 10);
  const valid =
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!valid) valueFail(start, "a time that exists");
  return epochDays(year, month, day) * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** The text of a time: `YYMMDDHHMMSSZ` before 2050 and from 1950 on, else `YYYYMMDDHHMMSSZ`. */
export function encodeTimeText(time: Date): { readonly tag: number; readonly text: string } {
  const text = generalizedTimeText(time);
  const year = text.slice(0, 4);
  return year >= "1950" && year < "2050"
    ? { tag: Tag.utcTime, text: text.slice(2) }
    : { tag: Tag.generalizedTime, text };
}

/** The text of a time as `YYYYMMDDHHMMSSZ`. */
export function generalizedTimeText(time: Date): string {
  // The caller has seen to it that the year has at most four digits.
  const year = time.getUTCFullYear();
  const day = `${pair(Math.floor(year / 100))}${pair(year % 100)}${pair(time.getUTCMonth() + 1)}${pair(time.getUTCDate())}`;
  return `${day}${pair(time.getUTCHours())}${pair(time.getUTCMinutes())}${pair(time.getUTCSeconds())}Z`;
}

function pair(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const high = (bytes[at] as number) - 0x30;
  const low = (bytes[at + 1] as number) - 0x30;
  if (high >>> 0 > 9 || low >>> 0 > 9) valueFail(at, "two decimal digits");
  return high * 10 + low;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

// In integers, and for the years 0 to 99, too, which Date.UTC takes for 1900 to 1999. Years are counted from March, so
// that the day that comes every four years is their last. The bit operators round, as the engine does integers fastest.
function epochDays(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const century = (marchYear / 100) | 0;
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
  return marchYear * 365 + (marchYear >> 2) - century + (century >> 2) + dayOfYear - daysBefore1970;
}

/** From the first of March of the year 0. */
const daysBefore1970 = 719_468;
