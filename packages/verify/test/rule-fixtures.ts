/** For each rule of the table: a path whose only fault is what that rule finds. */
import type { RuleFixture } from "./fixture-parts.ts";
import { RFC5280_FIXTURES } from "./rfc5280-fixtures.ts";
import { SECURITY_FIXTURES } from "./security-fixtures.ts";
import { WEBPKI_FIXTURES } from "./webpki-fixtures.ts";

export const RULE_FIXTURES: readonly RuleFixture[] = [...SECURITY_FIXTURES, ...RFC5280_FIXTURES, ...WEBPKI_FIXTURES];
