using System.Text;
using System.Text.RegularExpressions;

namespace Charlie.Lambdas.Events;

/// <summary>
/// The names that git allows for a branch (<c>git check-ref-format --branch</c>), of at most 255 bytes in UTF-8.
/// <c>runner/put_image_pushed.py</c> has the same rule, and one list of names tests both.
/// </summary>
internal static partial class RefName
{
    private const int MaxBytes = 255;

    public static bool IsAllowed(string name) => Allowed().IsMatch(name) && Encoding.UTF8.GetByteCount(name) <= MaxBytes;

    // No part begins with a dot or ends with ".lock"; none is empty.
    [GeneratedRegex(
        @"\A(?!-|HEAD$|.*(?:\.\.|@\{|//|/\.|\.lock/|\.lock$))(?![./])[^\x00-\x20\x7f~^:?*\[\\]+(?<![./])\z")]
    private static partial Regex Allowed();
}
