def inner
  raise ArgumentError, 'out of order'
end

def outer
  inner
end

outer
