use strict;
use warnings;
sub inner { die "out of order" }
inner();
