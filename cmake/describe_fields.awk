# For Doxygen: the meaning that a record's list of fields (findings/fields.hpp) gives a member becomes the member's
# docstring, where it has none of its own.
{ line[NR] = $0 }
match($0, /using [A-Z][A-Za-z]* = [A-Za-z]+;/) {
  split(substr($0, RSTART), word, " ")
  alias[word[2]] = substr(word[4], 1, length(word[4]) - 1)
}
/(field\(|TableCard\{)"/ { open = 1; call = "" }
open { call = call " " $0 }
open && /\);/ {
  open = 0
  split(call, part, "\"")
  if (match(call, /&[A-Za-z]+::[a-z_0-9]+\);/)) {
    member = substr(call, RSTART + 1, RLENGTH - 3)
    split(member, name, "::")
    if (name[1] in alias) member = alias[name[1]] "::" name[2]
    if (!(member in meaning)) meaning[member] = call ~ /TableCard/ ? "rows of " part[2] ": " part[4] : part[4]
  }
}
END {
  for (k = 1; k <= NR; ++k) {
    text = line[k]
    if (match(text, /^(struct|class) [A-Za-z]+/)) { split(text, word, " "); record = word[2] }
    if (text ~ /^  template <class Visit>/ && line[k + 1] ~ /void (fields|rows)\(/ && line[k - 1] !~ /\/\/\//)
      print "  /// Calls `field` with the name, the meaning and the place of each of its fields."
    if (text ~ /^  [^ \/].*;$/ && text !~ /[()]/ && match(text, /[a-z_0-9]+( =.*)?;$/)) {
      member = substr(text, RSTART)
      sub(/[ ;].*/, "", member)
      member = record "::" member
      if (member in meaning) text = text "  ///< " meaning[member]
    }
    print text
  }
}
