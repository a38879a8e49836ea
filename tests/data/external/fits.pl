# Programs that answer docs/external.md, well or not: perl fits.pl WAY [binary]. They fit an exponential law, rate = n/sum
# with standard error rate/sqrt(n); what they do wrong they do where the first observation is above 0.5, or always.
use strict;
use warnings;
$| = 1;
binmode STDIN;
binmode STDOUT;
my ($way, $protocol) = (@ARGV, "text");
my $binary = $protocol eq "binary";

exit 3 if $way eq "absent";
close STDOUT if $way eq "silent";

sub read_numbers {
  my ($count, $kind) = @_;
  if ($binary) { read(STDIN, my $bytes, 8 * $count) or exit 0; return unpack("$kind<$count", $bytes) }
  my $line = <STDIN>;
  exit 0 unless defined $line;
  return split " ", $line;
}

while (1) {
  my ($samples, $n, $d) = read_numbers(3, "q");
  for my $k (1 .. $samples) {
    my @x = read_numbers($n * $d, "d");
    my $sum = 0;
    $sum += $_ for @x;
    my $rate = $way eq "scale" ? $sum / $n : $n / $sum;
    my $se = $rate / sqrt($n) * ($way eq "se5" ? 1.05 : 1);
    my $off = $x[0] > 0.5;
    if ($off && $way eq "crash") { print STDERR "no such luck\n"; exit 7 }
    if ($off && $way eq "signal") { kill 9, $$ }
    if ($way eq "slow") { select undef, undef, undef, 0.0005 }
    if ($off && $way eq "hang") { system "sleep 1000" }
    my @numbers = ($off && $way eq "flag" ? 0 : 1, $rate, $se);
    push @numbers, $x[0] > 2 ? "-inf" : $rate - 2 * $se, $x[0] > 4 ? "inf" : $rate + 2 * $se if $way eq "ends";
    push @numbers, "nan", $rate if $way eq "noends";
    $numbers[1] = "nan" if $off && $way eq "nan";
    push @numbers, 1 if $off && $way eq "count";
    if ($way eq "garbage" && $off || $way eq "rubbish") { print "hello\n"; next }
    print $binary ? pack("d<*", @numbers) : join(" ", map { /^-?(nan|inf)$/ ? $_ : sprintf "%.17g", $_ } @numbers) . "\n";
  }
  print "and more\n" if $way eq "more";
}
