<?php
function inner(int $n) {
    throw new RuntimeException("out of order");
}

function outer() {
    inner(3);
}

outer();
