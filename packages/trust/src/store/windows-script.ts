/**
 * The PowerShell that hands out the stores of Windows: a line per certificate, `LOCATION STORE BASE64`, and a last line
 * that says that nothing is missing. It takes no input, so there is nothing to quote.
 *
 * @see X509Store, X509Certificate2.Export(X509ContentType.SerializedCert); about_PowerShell_exe, -EncodedCommand
 */
export const WINDOWS_SCRIPT = `$ErrorActionPreference = 'Stop'
$out = [Console]::Out
foreach ($location in 'LocalMachine', 'CurrentUser') {
  foreach ($name in 'Root', 'CA', 'Disallowed') {
    $store = New-Object System.Security.Cryptography.X509Certificates.X509Store $name, $location
    $store.Open([System.Security.Cryptography.X509Certificates.OpenFlags]::ReadOnly)
    foreach ($certificate in $store.Certificates) {
      $bytes = $certificate.Export([System.Security.Cryptography.X509Certificates.X509ContentType]::SerializedCert)
      $out.WriteLine($location + ' ' + $name + ' ' + [Convert]::ToBase64String($bytes))
    }
    $store.Close()
  }
}
$out.WriteLine('end')
`;

/** As `-EncodedCommand` takes it: UTF-16LE in base64. */
export function encodeCommand(script: string): string {
  const octets = Array.from(script, (char) => String.fromCharCode(char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8));
  return btoa(octets.join(""));
}
