package demo;

class Broken {
  int count = "three";
}
