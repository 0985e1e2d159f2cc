/** A serial number in lower-case hex, two digits per octet, as `Certificate.serialNumberHex` has it. */
export function serialText(serialNumber: bigint): string {
  const digits = (serialNumber < 0n ? -serialNumber : serialNumber).toString(16);
  return (serialNumber < 0n ? "-" : "") + digits.padStart(digits.length + (digits.length % 2), "0");
}
