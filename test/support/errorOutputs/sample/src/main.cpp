#include <vector>
int main() {
  std::vector<int> v;
  v.psh_back(1);
}
