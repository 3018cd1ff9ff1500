#include <stdio.h>
#include "helper.h"

int main(void) {
  int unused;
  printf("%d\n", hepler(1));
  return 0
}
