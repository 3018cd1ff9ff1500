int helper(int x);
int helper(char *x);
